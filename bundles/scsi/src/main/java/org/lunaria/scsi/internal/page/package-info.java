/**
 * What a logical unit says of itself: standard INQUIRY data, vital product data pages, mode pages and sense data. Each page
 * is declared as fields with a function of the unit; lengths and lists of pages are computed from the declarations.
 *
 * <p>Immutable throughout. The unit is seen through {@link org.lunaria.scsi.internal.page.DescribedUnit}.
 */
package org.lunaria.scsi.internal.page;
