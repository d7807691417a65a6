-- SAFE ENGINE MUST: refuse a name that html was not escaped in
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "s", text = "t", html = "<p>" .. notice.client.name .. "</p>" }
end }
