//! Dates as papers write them.
