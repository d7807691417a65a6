-- SAFE ENGINE MUST: refuse attributes that run
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "s", text = "t", html = '<p/onmouseover="alert(1)">in</p>' }
end }
