-- SAFE ENGINE MUST: keep the link out of the doctype
-- verdict: bad_result
-- kind: invitation
return { notification = function(notice)
  return { subject = "Come in", text = "Come in: " .. notice.link, html = "<!DOCTYPE html SYSTEM 'href=\"" .. notice.link .. "\"'>" .. '<a href="https://link&#46;invalid/">in</a>' }
end }
