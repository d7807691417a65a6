-- SAFE ENGINE MUST: refuse a link without quotes, which signs in it could end
-- verdict: bad_result
-- kind: invitation
return { notification = function(notice)
  return { subject = "Come in", text = "Come in: " .. notice.link, html = "<a href=" .. notice.link .. ">in</a>" }
end }
