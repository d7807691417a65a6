-- SAFE ENGINE MUST: keep the link out of the subject
-- verdict: bad_result
-- kind: invitation
return { notification = function(notice)
  return { subject = "Come in " .. notice.link, text = "Come in: " .. notice.link }
end }
