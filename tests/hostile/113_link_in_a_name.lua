-- SAFE ENGINE MUST: keep the link out of the names of attributes
-- verdict: bad_result
-- kind: invitation
return { notification = function(notice)
  return { subject = "Come in", text = "Come in: " .. notice.link, html = "<p aria-href=\"" .. notice.link .. "\">in</p>" }
end }
