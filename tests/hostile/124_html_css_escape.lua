-- SAFE ENGINE MUST: refuse escapes in a style
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "s", text = "t", html = '<p style="background:u\\72l(//tracker.example)">in</p>' }
end }
