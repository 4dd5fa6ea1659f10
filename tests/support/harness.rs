//! Tests that are known by name and run only where what they need is there; elsewhere they
//! are listed as ignored, with the reason.

use libtest_mimic::Trial;

/// A test by its name.
pub struct Case {
    name: String,
    run: fn(),
}

impl Case {
    pub fn new(module: &str, name: &str, run: fn()) -> Self {
        let module = module.split_once("::").map_or(module, |(_crate, rest)| rest);
        Self { name: format!("{module}::{name}"), run }
    }

    /// As the harness runs it: ignored where something is missing, which it then says.
    pub fn trial(self, needs: &Result<(), String>) -> Trial {
        let Self { name, run } = self;
        let trial = Trial::test(name, move || {
            run();
            Ok(())
        });
        let must_run = std::env::var_os("RBO_TEST_NOTHING_IGNORED").is_some();
        match needs {
            Ok(()) => trial,
            // Where everything is said to be there, the test itself finds what is not.
            Err(_) if must_run => trial,
            Err(missing) => trial.with_kind(missing.clone()).with_ignored_flag(true),
        }
    }
}

/// Runs a test as `#[tokio::test]` does.
pub fn block_on(test: impl Future<Output = ()>) {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().build().expect("a runtime").block_on(test);
}

/// The async functions of a module as [`Case`]s.
macro_rules! cases {
    ($($name:ident),* $(,)?) => {
        vec![$($crate::support::harness::Case::new(module_path!(), stringify!($name), || {
            $crate::support::harness::block_on($name());
        })),*]
    };
}

pub(crate) use cases;
