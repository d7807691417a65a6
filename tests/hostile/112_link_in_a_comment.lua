-- SAFE ENGINE MUST: keep the link out of comments
-- verdict: bad_result
-- kind: invitation
return { notification = function(notice)
  return { subject = "Come in", text = "Come in: " .. notice.link, html = "<!-- href=\"" .. notice.link .. "\" -->" }
end }
