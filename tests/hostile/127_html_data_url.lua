-- SAFE ENGINE MUST: refuse an address that is a document
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "s", text = "t", html = '<a href="data&#58;text/html;base64,PHNjcmlwdD4=">in</a>' }
end }
