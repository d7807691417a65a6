-- SAFE ENGINE MUST: refuse to drop a security notice
-- verdict: bad_result
-- kind: password_changed
return { notification = function(notice)
  return false
end }
