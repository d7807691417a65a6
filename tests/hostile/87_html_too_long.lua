-- SAFE ENGINE MUST: refuse html that mail programs cut off
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "s", text = "t", html = "<p>" .. ("x"):rep(100 * 1024) .. "</p>" }
end }
