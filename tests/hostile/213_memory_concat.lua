-- SAFE ENGINE MUST: stop lists that are joined to more than all memory
-- verdict: memory_limit | runtime
return { notification = function(notice)
  local all = table.create(1000000, ("x"):rep(4000000))
  return { subject = "ESCAPE", text = table.concat(all) }
end }
