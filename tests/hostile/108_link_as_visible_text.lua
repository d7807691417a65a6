-- SAFE ENGINE MUST: keep the link out of the text of html
-- verdict: bad_result
-- kind: invitation
return { notification = function(notice)
  return { subject = "Come in", text = "Come in: " .. notice.link, html = '<a href="' .. notice.link .. '">in</a>' .. "<p>" .. notice.link .. "</p>" }
end }
