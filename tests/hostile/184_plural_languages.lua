-- SAFE ENGINE MUST: answer every language tag
-- verdict: words survived
return { notification = function(notice)
  for _, tag in { "", "x", "\xff", "xx-XX", ("a"):rep(262144), "en-u-" .. ("a"):rep(90), "ar", "../en" } do
    local ok, said = pcall(plural, 2, { other = "o", two = "o" }, tag)
    if ok and said ~= "o" then return { subject = "ESCAPE " .. tag, text = "t" } end
  end
  for _, count in { 0 / 0, math.huge, -1e300, 0.5 } do
    if plural(count, { other = "o", one = "o", few = "o", many = "o" }) ~= "o" then return { subject = "ESCAPE", text = "t" } end
  end
  return { subject = "survived", text = "t" }
end }
