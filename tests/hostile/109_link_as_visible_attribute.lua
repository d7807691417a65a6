-- SAFE ENGINE MUST: keep the link out of text that looks as an attribute does
-- verdict: bad_result
-- kind: invitation
return { notification = function(notice)
  return { subject = "Come in", text = "Come in: " .. notice.link, html = "<p>href=\"" .. notice.link .. "\"</p>" }
end }
