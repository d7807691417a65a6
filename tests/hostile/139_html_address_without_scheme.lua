-- SAFE ENGINE MUST: refuse an address that takes the scheme of its page
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "s", text = "t", html = '<a href="//evil.example/">in</a>' }
end }
