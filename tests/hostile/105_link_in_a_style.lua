-- SAFE ENGINE MUST: keep the link out of styles
-- verdict: bad_result
-- kind: invitation
return { notification = function(notice)
  return { subject = "Come in", text = "Come in: " .. notice.link, html = '<a href="' .. notice.link .. '">in</a>' .. "<p style='quotes:href=\"" .. notice.link .. "\"'>in</p>" }
end }
