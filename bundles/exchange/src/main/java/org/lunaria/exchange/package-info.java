/**
 * The configuration of the appliance as one JSON document that people read and edit, and what can be carried over into it
 * from the files of other targets. Nothing here asks or changes the appliance.
 */
package org.lunaria.exchange;
