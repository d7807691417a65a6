-- SAFE ENGINE MUST: refuse a link in percent signs
-- verdict: bad_result
-- kind: invitation
return { notification = function(notice)
  return { subject = "Come in", text = notice.link .. " https%3A%2F%2Flink.invalid%2F" }
end }
