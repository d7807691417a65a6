-- SAFE ENGINE MUST: refuse a base for addresses
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "s", text = "t", html = '<base href="https://evil.example/"><p>in</p>' }
end }
