-- SAFE ENGINE MUST: keep the link out of every attribute but a whole href
-- verdict: bad_result
-- kind: invitation
return { notification = function(notice)
  return { subject = "Come in", text = "Come in: " .. notice.link, html = "<p title='href=\"" .. notice.link .. "\"'>in</p>" }
end }
