-- SAFE ENGINE MUST: refuse an invitation without its link
-- verdict: bad_result
-- kind: invitation
return { notification = function(notice)
  return { subject = "Come in", text = "Come in", html = "<p>in</p>" }
end }
