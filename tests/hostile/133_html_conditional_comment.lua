-- SAFE ENGINE MUST: refuse comments that some programs read as html
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "s", text = "t", html = '<!--[if mso]><a href="https://evil.example">in</a><![endif]--><p>in</p>' }
end }
