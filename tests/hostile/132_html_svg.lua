-- SAFE ENGINE MUST: refuse drawings, which have scripts of their own
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "s", text = "t", html = '<svg/onload=alert(1)><p>in</p>' }
end }
