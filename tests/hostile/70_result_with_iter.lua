-- SAFE ENGINE MUST: read a result without running its metamethods
-- verdict: bad_result
return { notification = function(notice)
  local function spin() while true do end end
  return setmetatable({ subject = "s", text = "t" }, { __iter = spin, __len = spin, __eq = spin })
end }
