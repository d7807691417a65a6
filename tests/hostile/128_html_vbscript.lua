-- SAFE ENGINE MUST: refuse an address that runs elsewhere
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "s", text = "t", html = '<a href="VbScript:msgbox(1)">in</a>' }
end }
