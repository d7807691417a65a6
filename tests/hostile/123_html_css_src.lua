-- SAFE ENGINE MUST: refuse an address in a style by its other name
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "s", text = "t", html = '<p style="background:src(//tracker.example/p.gif)">in</p>' }
end }
