-- SAFE ENGINE MUST: refuse an address in a style
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "s", text = "t", html = '<p style="background:u&#114;l(https://tracker.example/p.gif)">in</p>' }
end }
