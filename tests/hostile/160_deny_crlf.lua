-- SAFE ENGINE MUST: refuse a reason of two lines
-- verdict: bad_result
-- hook: deletion
return { deletion = function(request)
  return deny { code = "no", text = "No.\r\nSet-Cookie: x" }
end }
