-- SAFE ENGINE MUST: keep a link out that entities spell
-- verdict: bad_result
-- kind: invitation
return { notification = function(notice)
  return { subject = "Come in", text = "Come in: " .. notice.link, html = '<a href="' .. notice.link .. '">in</a>' .. '<a href="&#104;ttps://link&#46;invalid/">in</a>' }
end }
