-- SAFE ENGINE MUST: keep the link out of the title
-- verdict: bad_result
-- kind: invitation
return { notification = function(notice)
  return { subject = "Come in", text = "Come in: " .. notice.link, html = "<title>href=\"" .. notice.link .. "\"</title><p>in</p>" }
end }
