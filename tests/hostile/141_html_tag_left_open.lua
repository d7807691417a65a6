-- SAFE ENGINE MUST: refuse a tag that the warning would close
-- verdict: bad_result
-- kind: password_changed
return { notification = function(notice)
  return { subject = "s", text = "t", html = '<p>in</p><script src=https://evil.example/x.js ' }
end }
