-- SAFE ENGINE MUST: refuse an address whose host is only its user name
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "s", text = "t", html = '<a href="https://portal.example.org@evil.example/">in</a>' }
end }
