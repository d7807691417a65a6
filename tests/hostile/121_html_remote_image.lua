-- SAFE ENGINE MUST: refuse an image from elsewhere
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "s", text = "t", html = '<img src="https://tracker.example/p.gif">' }
end }
