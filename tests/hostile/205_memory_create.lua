-- SAFE ENGINE MUST: stop a table that is created huge
-- verdict: runtime | memory_limit
return { notification = function(notice)
  return { subject = #table.create(2 ^ 26, 0), text = "t" }
end }
