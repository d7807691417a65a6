-- SAFE ENGINE MUST: refuse a placeholder where there is no link
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "s", text = "Come in: https://link.invalid/" }
end }
