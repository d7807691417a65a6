-- SAFE ENGINE MUST: refuse a refusal without a reason
-- verdict: bad_result
-- hook: deletion
return { deletion = function(request)
  return deny {}
end }
