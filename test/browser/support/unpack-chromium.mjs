import chromium from "@sparticuz/chromium";

// Into $TMPDIR, with the system libraries that it needs where AWS_EXECUTION_ENV asks for them.
await chromium.executablePath();
