-- SAFE ENGINE MUST: refuse a redirection
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "s", text = "t", html = '<meta http-equiv=refresh content="0;url=https://evil.example"><p>in</p>' }
end }
