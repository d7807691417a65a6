-- SAFE ENGINE MUST: refuse frames
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "s", text = "t", html = '<iframe srcdoc="<p>in</p>"></iframe>' }
end }
