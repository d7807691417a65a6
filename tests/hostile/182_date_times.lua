-- SAFE ENGINE MUST: refuse times that there are not
-- verdict: words refused
return { notification = function(notice)
  for _, at in { 0 / 0, math.huge, -math.huge, -1, 1e300, 2 ^ 63, 2 ^ 53 } do
    if pcall(date, at) then return { subject = "ESCAPE " .. at, text = "t" } end
  end
  return { subject = "refused", text = "t" }
end }
