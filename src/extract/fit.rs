//! Logistic regression, small and the same each time.

/// How many steps are made; Newton's method needs a handful.
const STEPS: usize = 25;

/// The weights of so many columns by which `rows` are right or wrong. A row names the columns
/// that it has; the column 0 is not held by the ridge.
pub(super) fn fit(rows: &[(Vec<usize>, bool)], columns: usize, ridge: f64) -> Vec<f64> {
    let mut weights = vec![0.0; columns];
    for _ in 0..STEPS {
        // The first and second derivatives of the loss.
        let held = |column: usize| if column == 0 { 1e-6 } else { ridge };
        let mut slope: Vec<f64> =
            weights.iter().enumerate().map(|(column, weight)| weight * held(column)).collect();
        let mut bend: Vec<Vec<f64>> = (0..columns)
            .map(|row| (0..columns).map(|at| if at == row { held(row) } else { 0.0 }).collect())
            .collect();
        for (has, is_right) in rows {
            let sum: f64 = has.iter().filter_map(|column| weights.get(*column)).sum();
            let likely = 1.0 / (1.0 + (-sum).exp());
            let off = likely - f64::from(*is_right);
            let spread = likely * (1.0 - likely);
            for a in has {
                if let Some(slope) = slope.get_mut(*a) {
                    *slope += off;
                }
                let Some(bend) = bend.get_mut(*a) else { continue };
                for b in has {
                    if let Some(bend) = bend.get_mut(*b) {
                        *bend += spread;
                    }
                }
            }
        }
        let step = solve(bend, slope);
        for (weight, step) in weights.iter_mut().zip(&step) {
            *weight -= step;
        }
        if step.iter().all(|step| step.abs() < 1e-9) {
            break;
        }
    }
    weights
}

/// Solves a symmetric, positive system by elimination; its diagonal needs no exchange of rows.
fn solve(mut rows: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let len = right.len();
    for pivot in 0..len {
        let (above, below) = rows.split_at_mut(pivot + 1);
        let Some(from) = above.last() else { continue };
        let (done, open) = right.split_at_mut(pivot + 1);
        let of_pivot = from.get(pivot).copied().unwrap_or(1.0);
        let known = done.last().copied().unwrap_or_default();
        for (row, right) in below.iter_mut().zip(open) {
            let factor = row.get(pivot).copied().unwrap_or_default() / of_pivot;
            if factor != 0.0 {
                for (to, from) in row.iter_mut().zip(from).skip(pivot) {
                    *to -= factor * from;
                }
                *right -= factor * known;
            }
        }
    }
    let mut solved = vec![0.0; len];
    for pivot in (0..len).rev() {
        let Some(row) = rows.get(pivot) else { continue };
        let sum: f64 =
            row.iter().zip(&solved).skip(pivot + 1).map(|(of, solved)| of * solved).sum();
        let (of_pivot, known) = (row.get(pivot).copied(), right.get(pivot).copied());
        if let Some(solved) = solved.get_mut(pivot) {
            *solved = (known.unwrap_or_default() - sum) / of_pivot.unwrap_or(1.0);
        }
    }
    solved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_solved() {
        let rows = vec![vec![4.0, 1.0, 0.0], vec![1.0, 3.0, 1.0], vec![0.0, 1.0, 2.0]];
        let solved = solve(rows, vec![6.0, 10.0, 8.0]);
        for (found, expected) in solved.iter().zip([1.0, 2.0, 3.0]) {
            assert!((found - expected).abs() < 1e-12, "{solved:?}");
        }
    }

    #[test]
    fn the_share_of_what_was_right_is_found() {
        let rows: Vec<(Vec<usize>, bool)> = (0..100).map(|n| (vec![0], n < 80)).collect();
        let weights = fit(&rows, 1, 1.0);
        assert!((weights[0] - 4_f64.ln()).abs() < 1e-4, "{weights:?}");
    }
}
