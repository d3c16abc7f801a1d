//! How an amount is written, wherever one is.

/// `n` with its digits in groups of three.
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().filter_map(|g| std::str::from_utf8(g).ok()).collect();
    groups.join(",")
}

/// `n things`, or `1 thing`.
pub fn count(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(n), if n == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::{count, number};

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(["0", "999", "1,000", "12,345,678"], [0, 999, 1000, 12_345_678].map(number).each_ref().map(String::as_str));
        assert_eq!(["0 copies", "1 copy", "2,001 copies"], [0, 1, 2001].map(|n| count(n, "copy", "copies")).each_ref().map(String::as_str));
    }
}
