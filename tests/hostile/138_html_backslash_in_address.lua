-- SAFE ENGINE MUST: refuse an address with backslashes
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "s", text = "t", html = '<a href="https:\\\\evil.example\\@portal.example.org/">in</a>' }
end }
