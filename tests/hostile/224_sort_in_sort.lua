-- SAFE ENGINE MUST: stop comparisons that nest in comparisons
-- verdict: runtime
return { notification = function(notice)
  local function deep() table.sort({ 1, 2 }, deep) return true end
  return { subject = deep(), text = "t" }
end }
