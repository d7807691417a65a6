-- SAFE ENGINE MUST: refuse a link in capitals, which would stay a placeholder
-- verdict: bad_result
-- kind: invitation
return { notification = function(notice)
  return { subject = "Come in", text = notice.link .. " " .. notice.link:upper() }
end }
