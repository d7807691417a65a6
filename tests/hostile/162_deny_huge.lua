-- SAFE ENGINE MUST: refuse a reason of 4 MB
-- verdict: bad_result
-- hook: deletion
return { deletion = function(request)
  return deny { code = "no", text = ("x"):rep(4000000) }
end }
