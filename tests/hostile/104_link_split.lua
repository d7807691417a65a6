-- SAFE ENGINE MUST: refuse a link that an invisible character splits
-- verdict: bad_result
-- kind: invitation
return { notification = function(notice)
  return { subject = "Come in", text = "Come in: https://link.\u{200B}invalid/ " .. notice.link }
end }
