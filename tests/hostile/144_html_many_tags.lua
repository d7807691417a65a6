-- SAFE ENGINE MUST: judge 100 KB of tags in good time
-- verdict: words s
return { notification = function(notice)
  return { subject = "s", text = "t", html = '<p>in</p>' .. ('<i>'):rep(33000) }
end }
