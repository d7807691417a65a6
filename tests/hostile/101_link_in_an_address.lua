-- SAFE ENGINE MUST: keep the link out of another address
-- verdict: bad_result
-- kind: invitation
return { notification = function(notice)
  return { subject = "Come in", text = "Come in: " .. notice.link, html = '<a href="' .. notice.link .. '">in</a>' .. '<a href="https://portal.example.org/?to=' .. notice.link .. '">in</a>' }
end }
