-- SAFE ENGINE MUST: refuse an address in the text that is not on the list
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "s", text = "Log in at HTTPS://evil.example/" }
end }
