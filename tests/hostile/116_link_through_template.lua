-- SAFE ENGINE MUST: refuse a link that a template grows
-- verdict: bad_result
-- kind: invitation
return { notification = function(notice)
  return { subject = "Come in", text = template("Come in: {link}#more", notice) }
end }
