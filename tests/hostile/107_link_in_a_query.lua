-- SAFE ENGINE MUST: keep the link out of the query of an address on the list
-- verdict: bad_result
-- kind: invitation
return { notification = function(notice)
  return { subject = "Come in", text = "Come in: " .. notice.link, html = "<a href='https://portal.example.org/?to=href=\"" .. notice.link .. "\"'>in</a>" }
end }
